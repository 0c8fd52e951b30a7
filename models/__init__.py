"""The shelf of model files: where models are found, checked and kept. Code and a catalogue, never weights."""
