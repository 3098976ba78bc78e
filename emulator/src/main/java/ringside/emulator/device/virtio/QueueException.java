package ringside.emulator.device.virtio;

/** A driver broke the rules of its queue, so that the device can do nothing but ask for a reset. */
final class QueueException extends Exception {
    private static final long serialVersionUID = 1L;

    QueueException(final String rule) {
        super(rule, null, false, false);
    }
}
