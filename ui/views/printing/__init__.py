"""打印与交付: the real pages, on paper or as files, and how the unit's copy was handed over."""
