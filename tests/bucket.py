"""Serves an S3 bucket on loopback, from this process and for it alone."""

import os

import boto3
from moto.server import ThreadedMotoServer

NAME = "newsroom-tests"


def start():
    """Start the server, make the bucket, and return what STORAGE_URL is to say."""
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=NAME)
    return f"s3://{NAME}/pictures?endpoint={address}&region=us-east-1"
