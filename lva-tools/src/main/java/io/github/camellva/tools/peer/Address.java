package io.github.camellva.tools.peer;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a program listens.
 *
 * @param host a name or an IP address; empty if none is given
 * @param port 0 to 65535
 */
public record Address(String host, int port) {

    /** Reads {@code host:port}. */
    public static final class Converter implements ITypeConverter<Address> {

        @Override
        public Address convert(String text) {
            int colon = text.lastIndexOf(':');
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (colon >= 0 && port >= 0 && port <= 0xffff) {
                    return new Address(text.substring(0, colon).replaceAll("^\\[|]$", ""), port);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + text + "' is not accepted; write HOST:PORT, for instance localhost:5001");
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
