// County
