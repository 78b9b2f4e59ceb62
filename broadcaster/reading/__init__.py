"""Pure: official Vietnamese text to the words to be spoken."""
