// Laptop
