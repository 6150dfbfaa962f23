package ixy4j.model;

import ixy4j.IxyException;

/** A mistake of the driver that the emulated card was told to stop at; the message names what was done wrong, and where. */
public final class DriverMistake extends IxyException {
    private static final long serialVersionUID = 1L;

    /** A mistake with its message. */
    public DriverMistake(String message) {
        super(message);
    }
}
