"""Setting a page: places, lines, faces, ruled tables, codes. Draws nothing."""
