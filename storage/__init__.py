"""What the desk remembers: typed models that guard their own state, repositories, one writer, migrations."""
