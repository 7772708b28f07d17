"""A chat's past, heard by today's desk."""
