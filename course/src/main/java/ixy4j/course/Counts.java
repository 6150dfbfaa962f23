package ixy4j.course;

/**
 * What a driver has counted since its card was reset.
 *
 * @param received good frames that arrived
 * @param receivedBytes their bytes, with the FCS of each
 * @param sent good frames that went out
 * @param sentBytes their bytes, with the FCS of each
 * @param missed frames that arrived, and for which the card had no room
 */
public record Counts(long received, long receivedBytes, long sent, long sentBytes, long missed) {}
