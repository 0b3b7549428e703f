// Relief
