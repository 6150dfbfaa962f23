package ixy4j.watch.look;

import ixy4j.model.i82599.Card;

/** What of a card can be looked at, without changing it. */
public interface View {
    /** The value of a register. */
    int register(int offset);

    /** Our address of bytes at an IOVA; 0 where the card does not reach them all. */
    long address(long iova, long bytes);

    /** That of an emulated card. */
    static View of(Card.View card) {
        return new View() {
            @Override
            public int register(int offset) {
                return card.register(offset);
            }

            @Override
            public long address(long iova, long bytes) {
                return card.address(iova, bytes);
            }
        };
    }
}
