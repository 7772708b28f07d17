"""What tenants ask, and whether the desk knows which question of the list it is."""
