"""Keys, certificates, CMS and age: bytes in, bytes out."""
