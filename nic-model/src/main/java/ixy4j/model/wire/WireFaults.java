package ixy4j.model.wire;

import ixy4j.spi.Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is broken about a wire, as a user types it, with commas between: {@code corrupt=1/1000} for one in 1000 frames
 * on average with one bit flipped and a wrong FCS, {@code lose=1/100}, {@code flap=500ms/2s} for a link that is down
 * for the last 500 ms of each 2 s, {@code flap=500ms/1000} for one that goes down for 500 ms after each 1000 frames,
 * {@code limit=0.05} for a wire that carries 0.05 Mpps and loses what is more, and {@code seed=7}.
 *
 * @param corrupt how many of how many frames arrive damaged
 * @param lose how many of how many do not arrive
 * @param flap when the link goes down
 * @param limit the most frames that arrive, in Mpps; 0: any number
 * @param seed which frames are hit follows from it
 */
public record WireFaults(Ratio corrupt, Ratio lose, Flap flap, double limit, long seed) {
    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 999_999_999_999_999_999L;
    private static final double LEAST_MPPS = 0.000001;
    private static final double MOST_MPPS = 1000;
    private static final Pattern RATIO = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern FLAP = Pattern.compile("(\\d{1,9})(ms|s)/(\\d{1,9})(ms|s|)");

    /** A share of frames. */
    record Ratio(int hit, int all) {}

    /**
     * A link that goes down.
     *
     * @param downNanos for how long, 0: never
     * @param periodNanos in each of these; 0: by frames
     * @param periodFrames after so many frames in either direction
     */
    record Flap(long downNanos, long periodNanos, long periodFrames) {
        static final Flap NEVER = new Flap(0, 0, 0);
    }

    /** Takes its own of a list of faults; null where there is none of a wire. */
    public static WireFaults read(Address.Options faults) {
        Ratio corrupt = ratio(faults, "corrupt");
        Ratio lose = ratio(faults, "lose");
        String flap = faults.text("flap", null, "");
        double limit = limit(faults);
        long seed = faults.number("seed", 0, LAST_SEED, -1);
        if (corrupt == null && lose == null && flap == null && limit == 0 && seed < 0) {
            return null;
        }
        return new WireFaults(
                corrupt == null ? new Ratio(0, 1) : corrupt,
                lose == null ? new Ratio(0, 1) : lose,
                flap == null ? Flap.NEVER : flap(faults, flap),
                limit,
                seed < 0 ? FIRST_SEED : seed);
    }

    private static double limit(Address.Options faults) {
        String text = faults.text("limit", null, "");
        if (text == null) {
            return 0;
        }
        double mpps = text.matches("\\d{1,4}(\\.\\d{1,9})?") ? Double.parseDouble(text) : 0;
        if (!(mpps >= LEAST_MPPS && mpps <= MOST_MPPS)) {
            throw faults.wrong(part("limit", text), "a rate in Mpps, 0.000001 to 1000");
        }
        return mpps;
    }

    private static Ratio ratio(Address.Options faults, String name) {
        String text = faults.text(name, null, "");
        if (text == null) {
            return null;
        }
        Matcher matcher = RATIO.matcher(text);
        if (matcher.matches()) {
            Ratio ratio = new Ratio(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (ratio.all > 0 && ratio.hit <= ratio.all) {
                return ratio;
            }
        }
        throw faults.wrong(part(name, text), "a share of frames such as 1/1000");
    }

    private static Flap flap(Address.Options faults, String text) {
        Matcher matcher = FLAP.matcher(text);
        if (matcher.matches()) {
            long down = Long.parseLong(matcher.group(1)) * nanos(matcher.group(2));
            long period = Long.parseLong(matcher.group(3));
            boolean frames = matcher.group(4).isEmpty();
            long time = frames ? 0 : period * nanos(matcher.group(4));
            if (down > 0 && (frames ? period > 0 : down < time)) {
                return new Flap(down, time, frames ? period : 0);
            }
        }
        throw faults.wrong(
                part("flap", text), "a time down and a longer period, such as 500ms/2s, or frames, such as 500ms/1000");
    }

    private static String part(String name, String text) {
        return text.isEmpty() ? name : name + "=" + text;
    }

    private static long nanos(String unit) {
        return unit.equals("s") ? 1_000_000_000 : 1_000_000;
    }
}
