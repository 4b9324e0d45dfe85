package io.github.camellva.examples.iothub.standin;

import javax.net.ssl.TrustManagerFactory;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.apache.activemq.artemis.api.core.TrustManagerFactoryPlugin;

/**
 * Any certificate may be shown, since a hub knows those of its devices by their thumbprints and asks nobody to vouch for them.
 * The broker makes it by its name.
 */
public final class AnyCertificate implements TrustManagerFactoryPlugin {

    @Override
    public TrustManagerFactory getTrustManagerFactory() {
        return InsecureTrustManagerFactory.INSTANCE;
    }
}
