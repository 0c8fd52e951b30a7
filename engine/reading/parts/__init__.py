"""What has no pages: each kind of file read into parts (sections, slides, cells, runs of lines)."""
