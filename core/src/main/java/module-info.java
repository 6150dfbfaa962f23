/** User space network drivers: {@link ixy4j.Device} is where to start. */
module ixy4j {
    exports ixy4j;
    exports ixy4j.memory;
    exports ixy4j.packet;
    exports ixy4j.pci;
    exports ixy4j.linux;
    exports ixy4j.intel;
    exports ixy4j.ixgbe;
    exports ixy4j.virtio;
    exports ixy4j.vhostuser;
    exports ixy4j.vfiouser;

    uses ixy4j.Driver;
    uses ixy4j.DeviceProvider;
    uses ixy4j.pci.PciProvider;

    provides ixy4j.Driver with
            ixy4j.ixgbe.IxgbeDriver,
            ixy4j.virtio.VirtioDriver;
    provides ixy4j.DeviceProvider with
            ixy4j.vhostuser.VhostUserProvider;
    provides ixy4j.pci.PciProvider with
            ixy4j.vfiouser.VfioUserProvider;
}
