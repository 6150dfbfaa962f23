package ixy4j.learn;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of a driver, each of which the reference's can take the place of. What is in a part shares its fields. */
public enum Part {
    START("find reset"),
    LINK("startLink linkUp"),
    RX("openReceive receiveFirst fillReceive receive receiveBatch"),
    TX("openTransmit send clean transmit transmitBatch"),
    COUNTERS("count"),
    FORWARD("forward"),
    ANSWER("macAddress acceptBroadcasts answer"),
    QUEUES("openQueues receive(int)"),
    INTERRUPT("openInterrupt interrupted");

    private final String methods; // their names, with blanks between

    Part(String methods) {
        this.methods = methods;
    }

    /** The part of a driver's method. */
    static Part of(Method method) {
        String name = method.getName().equals("receive") && method.getParameterCount() == 1
                ? "receive(int)"
                : method.getName();
        return Arrays.stream(values())
                .filter(part -> List.of(part.methods.split(" ", -1)).contains(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is in no part"));
    }

    /** A part by its name. */
    public static Part named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no part '" + name + "': the parts are " + names(Arrays.asList(values()))));
    }

    /** Their names, with commas between. */
    public static String names(Collection<Part> parts) {
        return parts.stream().map(Part::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
