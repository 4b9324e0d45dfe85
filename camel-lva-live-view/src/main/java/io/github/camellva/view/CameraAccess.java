package io.github.camellva.view;

import org.apache.camel.Exchange;

/** Decides who may watch which camera. Asked for every request and every camera in it. */
@FunctionalInterface
public interface CameraAccess {

    /**
     * Whether a request may see a camera. To the others the camera does not exist. If this throws, the answer is no.
     *
     * @param request           with the headers and properties that authentication has left in it
     * @param graphInstanceName as the node calls the camera's pipeline; may be empty
     */
    boolean mayWatch(Exchange request, String graphInstanceName);
}
