"""报送: what is only here, what left, what came back; files out and in; backup and restore."""
