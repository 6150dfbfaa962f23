/**
 * User space network drivers. {@link ixy4j.Device} is where to start; three packages are the library, and the others are for
 * its own emulated cards and commands.
 */
@SuppressWarnings("module") // the modules that it exports to by name come later, and need not come at all
module ixy4j {
    exports ixy4j;
    exports ixy4j.packet;
    exports ixy4j.spi;
    exports ixy4j.igb to
            ixy4j.watch;
    exports ixy4j.ixgbe to
            ixy4j.model,
            ixy4j.watch,
            ixy4j.learn;
    exports ixy4j.intel to
            ixy4j.model,
            ixy4j.watch,
            ixy4j.learn;
    exports ixy4j.linux to
            ixy4j.model,
            ixy4j.watch,
            ixy4j.apps;
    exports ixy4j.memory to
            ixy4j.model,
            ixy4j.watch,
            ixy4j.learn;
    exports ixy4j.sysfs to
            ixy4j.apps;
    exports ixy4j.vfiouser to
            ixy4j.model;
    exports ixy4j.virtio to
            ixy4j.model;
    exports ixy4j.xdp to
            ixy4j.apps;
    exports ixy4j.telemetry to
            java.management;

    requires java.management;
    requires jdk.jfr;

    uses ixy4j.spi.Driver;
    uses ixy4j.spi.DeviceProvider;

    provides ixy4j.spi.Driver with
            ixy4j.ixgbe.IxgbeDriver,
            ixy4j.igb.IgbDriver,
            ixy4j.virtio.VirtioDriver;
    provides ixy4j.spi.DeviceProvider with
            ixy4j.vfiouser.VfioUserProvider,
            ixy4j.vhostuser.VhostUserProvider,
            ixy4j.xdp.XdpProvider;
}
