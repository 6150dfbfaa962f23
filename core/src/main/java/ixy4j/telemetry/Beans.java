package ixy4j.telemetry;

import ixy4j.Device;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Keeps a bean for each card that is open, and one for each of its queues: what collects beans takes numbers, not tables. */
final class Beans {
    private static final Map<Device, List<ObjectName>> NAMES = new ConcurrentHashMap<>();

    private Beans() {}

    /** A second card of the same address, which only emulated ones can have, has no bean. */
    static void register(Device device, List<Counted> rx, List<Counted> tx) {
        String card = ObjectName.quote(device.address());
        try {
            ObjectName name = new ObjectName("ixy4j:type=Card,name=" + card);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            if (!server.isRegistered(name)) {
                List<ObjectName> names = new ArrayList<>();
                NAMES.put(device, names);
                names.add(server.registerMBean(new CardBean(device), name).getObjectName());
                register(server, names, "ixy4j:type=Queue,card=" + card + ",direction=rx,queue=", rx);
                register(server, names, "ixy4j:type=Queue,card=" + card + ",direction=tx,queue=", tx);
            }
        } catch (JMException e) {
            throw new IllegalStateException("no bean for " + device + ": " + e.getMessage(), e);
        }
    }

    private static void register(MBeanServer server, List<ObjectName> names, String prefix, List<Counted> queues)
            throws JMException {
        for (int i = 0; i < queues.size(); i++) {
            ObjectName name = new ObjectName(prefix + i);
            names.add(server.registerMBean(new QueueBean(queues, i), name).getObjectName());
        }
    }

    static void remove(Device device) {
        List<ObjectName> names = NAMES.remove(device);
        try {
            for (ObjectName name : names == null ? List.<ObjectName>of() : names) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("the bean of " + device + " is gone: " + e.getMessage(), e);
        }
    }
}
