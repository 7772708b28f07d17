"""The product and its fakes over real HTTP, through the real client libraries."""
