package ixy4j.vhostuser;

import ixy4j.linux.UnixSocket;
import java.util.ArrayList;
import java.util.List;

/** As many connections as a listener that does not accept has room for. */
final class VhostUserWaiters implements AutoCloseable {
    private final List<UnixSocket> sockets = new ArrayList<>();

    VhostUserWaiters(String path) {
        int result = 0;
        while (result == 0) {
            UnixSocket socket = new UnixSocket();
            sockets.add(socket);
            result = socket.connect(path);
        }
    }

    int count() {
        return sockets.size();
    }

    @Override
    public void close() {
        sockets.forEach(UnixSocket::close);
    }
}
