/**
 * For those who add a driver, or another way to a card; programs that only move packets need none of it. Two kinds of classes are
 * found by {@link java.util.ServiceLoader}:
 *
 * <ul>
 *   <li>a {@link ixy4j.spi.Driver} drives PCI functions of some ids, however they are reached: it reads and writes registers
 *       through {@link ixy4j.spi.Bar}, and puts rings into {@link ixy4j.spi.DmaMemory};
 *   <li>a {@link ixy4j.spi.DeviceProvider} is a way to cards that are not in sysfs, for addresses of its own scheme. Where
 *       they are PCI functions, it makes each a {@link ixy4j.spi.PciFunction}, in a {@link ixy4j.spi.DmaSpace}, for
 *       {@link ixy4j.Device#open(PciFunction, ixy4j.DeviceOptions)} to find the driver.
 * </ul>
 *
 * <p>A provider of addresses such as {@code own:0000:03:00.0}, of any card that is to receive frames for its own address only:
 *
 * <pre>{@code
 * import ixy4j.*;
 * import ixy4j.spi.*;
 *
 * public final class OwnProvider implements DeviceProvider {
 *     public String scheme() {
 *         return "own";
 *     }
 *
 *     public Device open(Address address, DeviceOptions options) {
 *         return Device.open(address.target(), options.withPromiscuous(false));
 *     }
 * }
 * }</pre>
 *
 * <p>Its module says {@code provides ixy4j.spi.DeviceProvider with OwnProvider}; on the class path, a file
 * {@code META-INF/services/ixy4j.spi.DeviceProvider} names it.
 *
 * <p>The test jar of {@code ixy4j-core} has {@code ixy4j.DeviceContract}, with what every driver must do: the test of a
 * driver extends it and brings a card and the other end of its wire. It needs JUnit 6 and the library, on the class path, and
 * {@code --enable-native-access=ALL-UNNAMED}; it needs no rights and nothing of the machine beyond what that card does.
 */
package ixy4j.spi;
