package io.github.camellva.examples.rig.faults;

import java.util.function.Function;

import io.github.camellva.examples.rig.faults.Site.Kind;
import io.github.camellva.examples.rig.faults.TcpProxy.Network;
import io.github.camellva.examples.rig.load.Disturbance;
import io.github.camellva.examples.rig.load.LoadProcess;

/** What goes wrong while frames flow, until it ends. */
enum Fault {

    NODE_KILLED(Site::killNode, Site::startNode),
    NODE_STOPPED(site -> site.node().signal("STOP"), site -> site.node().signal("CONT")),
    NODE_HEAP_FULL(Site::node, Disturbance.HEAP),
    NODE_WITHOUT_DESCRIPTORS(Site::node, Disturbance.DESCRIPTORS),

    EXTENSION_KILLED(Site::killExtension, Site::restartExtension),
    EXTENSION_STOPPED(site -> site.extension().signal("STOP"), site -> site.extension().signal("CONT")),
    EXTENSION_HEAP_FULL(Site::extension, Disturbance.HEAP),
    EXTENSION_WITHOUT_DESCRIPTORS(Site::extension, Disturbance.DESCRIPTORS),
    EXTENSION_WITHOUT_THREADS(Site::extension, Disturbance.THREADS),

    ROUTE_THROWS_ERRORS(Site::extension, Disturbance.ERRORS),
    BROKER_SILENT(
            Kind.PUBLISHING,
            site -> site.brokerNetwork().become(Network.SILENT), site -> site.brokerNetwork().become(Network.FINE)),
    DISK_FULL(Kind.STORING, site -> site.disk().fill(), site -> site.disk().empty()),
    /** Not /dev/shm, which others use, too. */
    SHARED_MEMORY_FULL(Kind.SMALL_MEMORY, site -> site.disk().fill(), site -> site.disk().empty()),

    NETWORK_CUT(Network.CUT),
    NETWORK_SILENT(Network.SILENT),
    NETWORK_DELAYED(Network.DELAYED),
    NETWORK_THROTTLED(Network.THROTTLED);

    private final Kind kind;
    private final Step begin;
    private final Step end;

    @FunctionalInterface
    private interface Step {
        void run(Site site) throws Exception;
    }

    Fault(Kind kind, Step begin, Step end) {
        this.kind = kind;
        this.begin = begin;
        this.end = end;
    }

    Fault(Step begin, Step end) {
        this(Kind.PLAIN, begin, end);
    }

    Fault(Function<Site, LoadProcess> process, Disturbance disturbance) {
        this(site -> process.apply(site).begin(disturbance), site -> process.apply(site).end(disturbance));
    }

    Fault(Network network) {
        this(site -> site.network().become(network), site -> site.network().become(Network.FINE));
    }

    /** Where it can happen. */
    Kind kind() {
        return kind;
    }

    void begin(Site site) throws Exception {
        begin.run(site);
    }

    void end(Site site) throws Exception {
        end.run(site);
    }
}
