"""报送文件: sent and taken in, on both sides; what is not proven never gets in."""
