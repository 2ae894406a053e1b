"""Looking back and ahead: figures, reviews, exports, forecast."""
