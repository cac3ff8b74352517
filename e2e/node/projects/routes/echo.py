import http.server, json, os


class Echo(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = json.dumps({"name": os.environ["NAME"], "path": self.path, "headers": dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer


http.server.ThreadingHTTPServer(("", 8000), Echo).serve_forever()
