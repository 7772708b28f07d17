"""The roster 排班: who is on duty when, which hours count, and how people look at it and change it."""
