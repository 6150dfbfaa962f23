package ixy4j.model.virtio;

/** What a virtqueue of a network device is for (5.1.2). */
enum QueueRole {
    RECEIVE("receive queue "),
    TRANSMIT("transmit queue "),
    CONTROL("control queue");

    private final String text;

    QueueRole(String text) {
        this.text = text;
    }

    /** As messages call it. */
    String name(int virtqueue) {
        return text + (this == CONTROL ? "" : virtqueue / 2) + " (virtqueue " + virtqueue + ")";
    }
}
