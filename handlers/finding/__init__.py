"""Finding tickets again: `/open`, `/mine`, `/overdue`, `/room`, `/t` and `/find`, for whoever may see them."""
