"""A network camera by GStreamer. Prints its port and plays until it is killed.

usage: rtsp-camera.py port codec width height rate [user password [certificate key]]
codec is h264, jpeg, or growing, which is h264 whose pictures double in size after two seconds
without a user's name everybody may look; with a certificate and its key, PEM files both, it speaks RTSPS
"""
import sys

import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer

port, codec, width, height, rate = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
Gst.init(None)


def caps(times):
    return "video/x-raw,format=I420,width=%d,height=%d,framerate=%s/1" % (width * times, height * times, rate)


def configured(factory, media):
    size = media.get_element().get_by_name("size")
    GLib.timeout_add(2000, lambda: size.set_property("caps", Gst.Caps.from_string(caps(2))) and False)


encoder = "jpegenc ! rtpjpegpay name=pay0 pt=26" if codec == "jpeg" else (
    "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=%s ! rtph264pay name=pay0 pt=96 config-interval=-1" % rate)
factory = GstRtspServer.RTSPMediaFactory.new()
factory.set_shared(True)
factory.set_launch("( videotestsrc is-live=true pattern=ball ! capsfilter name=size caps=%s ! %s )" % (caps(1), encoder))
if codec == "growing":
    factory.connect("media-configure", configured)
server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service(port)
user, password, certificate, key = (sys.argv[6:] + [""] * 4)[:4]
if user or certificate:
    access = GstRtspServer.RTSPAuth.new()
    token = GstRtspServer.RTSPToken.new()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    if user:
        access.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        access.add_digest(user, password, token)
    else:
        access.set_default_token(token)
    if certificate:
        access.set_tls_certificate(Gio.TlsCertificate.new_from_files(certificate, key))
    server.set_auth(access)
    permissions = GstRtspServer.RTSPPermissions.new()
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, True)
    factory.set_permissions(permissions)
for number in range(64):
    server.get_mount_points().add_factory("/camera%d" % number, factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
# whoever has started it holds its standard input open
GLib.io_add_watch(0, GLib.IO_HUP, lambda *any: sys.exit(0))
GLib.MainLoop().run()
