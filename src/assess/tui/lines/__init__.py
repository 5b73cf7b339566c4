"""What is shown, as lines of styled text: plain functions, no terminal."""
