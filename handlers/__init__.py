"""The desk: what is done about what was heard. Plain functions, one act each; they never send and never wait."""
