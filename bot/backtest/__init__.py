"""A chat's past, heard by today's desk: what it would have opened, joined, asked, answered and left alone.

`exports` reads what was saved of a chat, `replay` lets a throw-away desk hear it, `results` counts, `page` and `screen`
show. Nothing is sent anywhere, and no word of it is kept.
"""
