"""What a flow is: model, reader, checks, drawing, extraction for translators."""
