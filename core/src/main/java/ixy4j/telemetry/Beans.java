package ixy4j.telemetry;

import ixy4j.Device;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** Keeps a bean for each card that is open. */
final class Beans {
    private static final Map<Device, ObjectName> NAMES = new ConcurrentHashMap<>();

    private Beans() {}

    /** A second card of the same address, which only emulated ones can have, has no bean. */
    static void register(Device device) {
        try {
            ObjectName name = new ObjectName("ixy4j:type=Card,name=" + ObjectName.quote(device.address()));
            if (!ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
                ManagementFactory.getPlatformMBeanServer().registerMBean(new CardBean(device), name);
                NAMES.put(device, name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("no bean for " + device + ": " + e.getMessage(), e);
        }
    }

    static void remove(Device device) {
        ObjectName name = NAMES.remove(device);
        try {
            if (name != null) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("the bean of " + device + " is gone: " + e.getMessage(), e);
        }
    }
}
