"""Raw updates on their way in, without a wire."""
