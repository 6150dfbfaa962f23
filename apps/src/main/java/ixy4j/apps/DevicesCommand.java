package ixy4j.apps;

import ixy4j.sysfs.NetworkCard;
import ixy4j.xdp.XdpCard;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code ./ixy devices}: the network cards of this machine. */
@Command(
        name = "devices",
        description =
                "Lists the network cards and interfaces of this machine, and whether and how ixy4j can take each.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy devices"})
final class DevicesCommand implements Runnable {
    @Override
    public void run() {
        List<NetworkCard> cards = NetworkCard.list();
        List<XdpCard> interfaces = XdpCard.list();
        if (cards.isEmpty()) {
            Output.OUT.print("There is no PCI network card in this machine. ./ixy fwd runs on two emulated ones.");
        }
        for (NetworkCard card : cards) {
            Output.OUT.print(String.format(
                    Locale.ROOT,
                    "%s  %04x:%04x  %s%n    driver %s, interface %s, link %s, NUMA node %s, IOMMU group %s%n    %s",
                    card.address(),
                    card.id() >>> 16,
                    card.id() & 0xffff,
                    card.name(),
                    card.driver(),
                    card.interfaces().isEmpty() ? "none" : String.join(" ", card.interfaces()),
                    card.link(),
                    card.numaNode() < 0 ? "unknown" : card.numaNode(),
                    card.group(),
                    card.advice()));
        }
        for (XdpCard one : interfaces) {
            Output.OUT.print(String.format(
                    Locale.ROOT,
                    "%s  by AF_XDP, its driver stays in the kernel%n    driver %s, %d %s, link %s, XDP %s%n    %s",
                    one.address(),
                    one.driver(),
                    one.queues(),
                    one.queues() == 1 ? "queue" : "queues",
                    one.link(),
                    one.mode(),
                    one.advice()));
        }
    }
}
