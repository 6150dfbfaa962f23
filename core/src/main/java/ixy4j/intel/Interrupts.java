package ixy4j.intel;

import ixy4j.IxyException;
import ixy4j.packet.RxInterrupt;

/** The interrupts of a card, which has a vector for each of its receive queues once somebody waits for one. */
public interface Interrupts {
    /** None: of a queue without a card. */
    Interrupts NONE = queue -> {
        throw new IxyException(queue + " has no interrupts: poll");
    };

    /** That of a queue. */
    RxInterrupt of(AdvancedRxQueue queue);
}
