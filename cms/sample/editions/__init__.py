"""The sample editions: real, tagged PDFs of our own text, set with Typst."""
