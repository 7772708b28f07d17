"""The running program: channels, intake, inbox, outbox."""
