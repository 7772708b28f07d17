"""What staff and managers read of a room in the shadow: nobody there was told anything, not even in danger."""

from locales import Voice


def trial_line(voice: Voice) -> str:
    """The mark of a room the desk only listens to."""
    return voice.say("🤫 Trial run: neither the group nor the tenant hears anything of this.")
