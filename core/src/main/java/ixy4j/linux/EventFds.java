package ixy4j.linux;

import java.util.Arrays;
import java.util.List;

/** The eventfds of a card's interrupt vectors: all or none. */
public record EventFds(List<EventFd> files) {
    /** So many, none of them readable. */
    public static EventFds of(int count) {
        EventFd[] files = new EventFd[count];
        try {
            Arrays.setAll(files, i -> new EventFd());
        } catch (RuntimeException | Error e) {
            for (EventFd file : files) {
                if (file != null) {
                    file.close(files); // nobody has it
                }
            }
            throw e;
        }
        return new EventFds(List.of(files));
    }

    /** Their descriptors. */
    public int[] descriptors() {
        return files.stream().mapToInt(EventFd::descriptor).toArray();
    }

    /** As {@link EventFd#close}. */
    public void close(Object owner) {
        files.forEach(file -> file.close(owner));
    }
}
