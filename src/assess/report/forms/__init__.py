"""Forms that were filled in, taken over into the answer sheets."""
