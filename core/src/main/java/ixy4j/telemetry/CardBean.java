package ixy4j.telemetry;

import ixy4j.Device;

/** Asks the card each time. */
record CardBean(Device device) implements CardMXBean {
    @Override
    public String getAddress() {
        return device.address();
    }

    @Override
    public int getLinkSpeed() {
        int speed = device.linkSpeed();
        Telemetry.link(device, speed);
        return speed;
    }

    @Override
    public long getRxPackets() {
        return device.stats().rxPackets();
    }

    @Override
    public long getRxBytes() {
        return device.stats().rxBytes();
    }

    @Override
    public long getTxPackets() {
        return device.stats().txPackets();
    }

    @Override
    public long getTxBytes() {
        return device.stats().txBytes();
    }

    @Override
    public long getRxMissed() {
        return device.stats().rxMissed();
    }

    @Override
    public long getRxCrcErrors() {
        return device.stats().rxCrcErrors();
    }

    @Override
    public long getRxWrongLength() {
        return device.stats().rxWrongLength();
    }

    @Override
    public long getRxFiltered() {
        return device.stats().rxFiltered();
    }

    @Override
    public long getRxBroken() {
        return device.stats().rxBroken();
    }

    @Override
    public long getRxPoolEmpty() {
        return device.stats().rxPoolEmpty();
    }

    @Override
    public long getRxUnread() {
        return device.stats().rxUnread();
    }

    @Override
    public long getTxWrongLength() {
        return device.stats().txWrongLength();
    }

    @Override
    public long getTxUnsent() {
        return device.stats().txUnsent();
    }

    @Override
    public long getDeviceErrors() {
        return device.stats().deviceErrors();
    }

    @Override
    public long getWakeups() {
        return Telemetry.queues(device).stream()
                .mapToLong(QueueCounts::wakeups)
                .filter(wakeups -> wakeups != Counted.UNKNOWN)
                .sum();
    }
}
