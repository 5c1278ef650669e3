package dev.websentry.engine.syntax.document;

/** Thrown when a JSON or YAML document is invalid. The message is one line and names the line of the document. */
public final class InvalidDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the line, the field and the problem
     */
    public InvalidDocumentException(String message) {
        super(message);
    }
}
