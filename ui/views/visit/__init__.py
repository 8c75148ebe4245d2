"""单位情况: the unit's facts checked on arrival, who came, who received them, and how."""
