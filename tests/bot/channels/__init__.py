"""The border of text and the Telegram channels, without a wire."""
