package io.github.camellva.examples.onnx;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferResponse;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

/** Stands in for a model server: it has the service of KServe's protocol, and answers as a test wants. */
final class KServeStandIn implements AutoCloseable {

    private final BlockingQueue<ModelInferRequest> requests = new LinkedBlockingQueue<>();
    private final Server server;

    KServeStandIn(BiConsumer<ModelInferRequest, StreamObserver<ModelInferResponse>> model) throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(64 << 20)
                .addService(new GRPCInferenceServiceImplBase() {
                    @Override
                    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> answer) {
                        requests.add(request);
                        model.accept(request, answer);
                    }
                })
                .build().start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    ModelInferRequest nextRequest() throws InterruptedException {
        return requests.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
}
