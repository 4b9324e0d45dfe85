package io.github.camellva.grpc.server;

/**
 * A route cannot listen on its address. It has no stack trace, since Camel logs it more than once and the message says all there is
 * to say.
 */
public class AddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    /**
     * @param problem the address, and what is wrong with it
     * @param remedy  what to do
     */
    public AddressException(String problem, String remedy) {
        super(problem + "; " + remedy, null, true, false);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The address, and what is wrong with it. */
    public String problem() {
        return problem;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
